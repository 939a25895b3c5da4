"""Signed notes and checkpoints: what is written is read back, and nothing else is taken for one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muniment.domain.custody.checkpoints import Checkpoint, read_checkpoint
from muniment.domain.custody.notes import (
    MOST_SIGNATURES,
    NoNote,
    Note,
    PublicKey,
    Signature,
    key_id,
    read_note,
    signers,
)
from muniment.signatures import Ed25519, Ed25519Signer, suites

CHECKPOINT = Checkpoint("muniment/xx/depot/training", 7, bytes(range(32)))
SIGNER = Ed25519Signer(bytes(range(32)))
KEY = PublicKey(CHECKPOINT.origin, "ed25519", SIGNER.public)


def signed(text: str, name: str = CHECKPOINT.origin, seed: bytes = bytes(range(32))) -> Note:
    signer = Ed25519Signer(seed)
    key = PublicKey(name, "ed25519", signer.public)
    return Note(text, (Signature(name, key_id(key, Ed25519()), signer.sign(text.encode())),))


def test_a_note_is_written_as_it_is_read() -> None:
    note = signed(CHECKPOINT.text())
    assert read_note(note.written()) == note
    assert read_checkpoint(note.text) == CHECKPOINT


def test_the_example_of_the_specification_is_a_checkpoint() -> None:
    written = (
        "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"
        "— example.com/behind-the-sofa "
        "Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"
    )
    note = read_note(written)
    assert note.written() == written
    assert read_checkpoint(note.text).size == 20_852_163
    assert note.signatures[0].key_id.hex() == "033de0ae"


def test_who_signed_is_told_of_known_keys_alone() -> None:
    note = signed(CHECKPOINT.text())
    stranger = signed(CHECKPOINT.text(), seed=bytes(32))
    both = Note(note.text, note.signatures + stranger.signatures)
    assert signers(both, [KEY], suites()) == [KEY]
    assert signers(stranger, [KEY], suites()) == []
    assert signers(note, [PublicKey("another/name", "ed25519", SIGNER.public)], suites()) == []


def test_a_signature_of_a_known_key_on_another_text_spoils_the_note() -> None:
    genuine = signed(CHECKPOINT.text())
    other = Note(Checkpoint(CHECKPOINT.origin, 8, bytes(32)).text(), genuine.signatures)
    with pytest.raises(NoNote):
        signers(other, [KEY], suites())


class Toy:
    """A second kind of signature, which nobody should trust: it shows that the ledger could change its own."""

    name = "toy"
    type_id = b"\xffmuniment.example/toy"

    def genuine(self, public: bytes, message: bytes, signature: bytes) -> bool:
        return signature == public + message[:4]


def test_a_note_can_be_signed_in_two_suites_at_once() -> None:
    text = CHECKPOINT.text()
    toy = PublicKey(CHECKPOINT.origin, "toy", b"own")
    second = Signature(toy.name, key_id(toy, Toy()), toy.public + text.encode()[:4])
    note = read_note(Note(text, (*signed(text).signatures, second)).written())
    known = {**suites(), "toy": Toy()}
    assert signers(note, [KEY, toy], known) == [KEY, toy]
    assert signers(note, [KEY, toy], suites()) == [KEY]  # a suite that is not known says nothing
    forged = Note(text, (Signature(toy.name, second.key_id, b"forged"),))
    with pytest.raises(NoNote):
        signers(forged, [toy], known)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "text only\n",
        "text\n\n",
        "text\n\n— name AAAA\n",
        "text\n\n— name not-base-64!\n",
        "text\n\n- name AAAAAAAAAAA=\n",
        "text\n\n— na+me AAAAAAAAAAA=\n",
        "text\n\n— na\u00a0me AAAAAAAAAAA=\n",
        "text\n\n— name AAAAAAAAAAA=",
        "te\tx\n\n— name AAAAAAAAAAA=\n",
        "text\n\n" + "— name AAAAAAAAAAA=\n" * (MOST_SIGNATURES + 1),
        "t" * 70_000 + "\n\n— name AAAAAAAAAAA=\n",
    ],
)
def test_what_is_no_note_is_refused(written: str) -> None:
    with pytest.raises(NoNote):
        read_note(written)


@given(st.text())
def test_any_text_is_a_note_or_refused_in_words(written: str) -> None:
    try:
        note = read_note(written)
    except NoNote:
        return
    assert note.written() == written


@pytest.mark.parametrize(
    "text",
    [
        "",
        "log\n1\n",
        "log\n01\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
        "log\n-1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
        "log\n١\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
        "log\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2J=\n",
        "log\n1\nAAAA\n",
        "\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
        "log\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\nmore\n",
    ],
)
def test_what_is_no_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(NoNote):
        read_checkpoint(text)
