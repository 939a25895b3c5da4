"""Arabic for the gallery alone, to see a right-to-left screen. Not a translation: no native speaker has read it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, QTranslator

ARABIC: Mapping[str, str] = {
    "In store": "في المخزن",
    "Issued": "مُسلَّم",
    "Overdue": "متأخر",
    "In transit": "قيد النقل",
    "Missing": "مفقود",
    "Quarantined": "محجور",
    "Surplus": "فائض",
    "Destroyed": "مُتلَف",
    "Unverified": "غير متحقق",
    "Alarm": "إنذار",
    "Simulated": "محاكاة",
    "Stale": "قديم",
    "Accepted": "مقبول",
    "Refused": "مرفوض",
    "Held": "معلَّق",
    "Due": "مستحق",
    "ISSUE": "تسليم",
    "RETURN": "إعادة",
    "COUNT": "جرد",
    "Return": "إعادة",
    "Count": "جرد",
    "Find": "بحث",
    "REFUSED": "مرفوض",
    "What happened": "ما الذي حدث",
    "What is safe": "ما هو آمن",
    "Do this now": "افعل الآن",
    "Override": "التجاوز",
    "Today": "اليوم",
    "Desk": "المكتب",
    "Register": "السجل",
    "Cabinets": "الخزائن",
    "Counts": "الجرد",
    "Ammunition": "الذخيرة",
    "Audit": "التدقيق",
    "Training": "التدريب",
    "Lock": "قفل",
    "Sign in": "الدخول",
    "Name": "الاسم",
    "Passphrase": "عبارة المرور",
    "Open the register": "افتح السجل",
    "Waiting for a decision": "بانتظار قرار",
    "Oldest first": "الأقدم أولاً",
    "Nothing waits. Ready for inspection.": "لا شيء ينتظر. جاهز للتفتيش.",
    "Rifle {serial} missing": "بندقية {serial} مفقودة",
    "{n} pistols late": "{n} مسدسات متأخرة",
    "Transfer {number}": "نقل {number}",
    "Cabinet {n} contents": "محتوى الخزانة {n}",
    "Scanner": "الماسح",
    "Cabinets {range}": "الخزائن {range}",
    "Cabinet {n}": "الخزانة {n}",
    "Printer": "الطابعة",
    "{n} s ago": "قبل {n} ث",
    "since {time}": "منذ {time}",
    "ready": "جاهزة",
    "Ledger verified {time}": "تم التحقق من السجل {time}",
    "Scan a weapon, a person, a place or a command card": "امسح سلاحاً أو شخصاً أو مكاناً أو بطاقة أمر",
    "Last scan {n} s ago": "آخر مسح قبل {n} ث",
    "Not issued": "لم يُسلَّم",
    "1 later scan is held": "مسح لاحق واحد معلَّق",
    "Quarantined: cracked bolt, reported {date}.": "هذه البندقية محجورة: مغلاق متشقق، بلاغ {date}.",
    "Nothing was issued. Scans {range} stand. The rifle still belongs in rack {rack}.": (
        "لم يُسلَّم شيء. المسوحات {range} قائمة. البندقية ما زالت تخص الرف {rack}."
    ),
    "Put the rifle aside, then press {key}.": "ضع البندقية جانباً ثم اضغط {key}.",
    "None. A quarantined weapon is never issued.": "لا يوجد. السلاح المحجور لا يُسلَّم أبداً.",
    "Set aside, go on": "ضعها جانباً وتابع",
    "Back to quarantine": "إلى الحجر",
    "Custody of this rifle": "عهدة هذه البندقية",
    "{n} of {all} facts": "{n} من {all} واقعة",
    "Quarantined: cracked bolt": "حُجرت: مغلاق متشقق",
    "Returned with fault": "أُعيدت مع عطل",
    "Issued for guard duty": "سُلّمت لواجب الحراسة",
    "In this hand-over": "في هذا التسليم",
    "{n} accepted, limit {limit}": "{n} مقبولة، الحد {limit}",
    "Serial": "الرقم",
    "Weapon": "السلاح",
    "State": "الحالة",
    "Place": "المكان",
    "Held by": "بعهدة",
    "Assault rifle {calibre}": "بندقية {calibre}",
    "Pistol {calibre}": "مسدس {calibre}",
    "Rack {rack}": "الرف {rack}",
    "Cpl T. Example": "العريف ت. مثال",
    "2 Company, range day, back by {time}": "السرية الثانية · يوم رماية · الإعادة قبل {time}",
    "ISSUER": "المُسلِّم",
    "RECEIVER": "المُستلم",
    "Sgt A. Sample": "الرقيب أ. عينة",
    "Card and PIN, {time}": "بطاقة ورمز، {time}",
    "Finger, card or PIN, once for all": "إصبع أو بطاقة أو رمز مرة للجميع",
    "Undo last": "تراجع",
    "Answer the refused scan first": "أجب عن المسح المرفوض أولاً",
    "TRAINING": "تدريب",
    "nothing here is real": "لا شيء هنا حقيقي",
    "Depot 7": "المستودع 7",
    "Waiting": "بالانتظار",
    "Part swapped": "جزء مبدَّل",
    "Wrong place": "مكان خاطئ",
    "Not in the book": "ليس في الدفتر",
    "Seal only": "الختم فقط",
    "{n} h": "{n} ساعة",
    "{n} min": "{n} دقيقة",
    "Register no.": "رقم السجل",
    "Condition": "الحالة الفنية",
    "Last seen": "آخر مشاهدة",
    "B, serviceable, worn": "صالح، مستهلك",
}


class GalleryArabic(QTranslator):
    """Looks words up in the table above."""

    def translate(self, context: bytes | str, source: bytes | str, disambiguation: object = None, n: int = -1) -> str:
        """The Arabic words, or the English ones where there are none."""
        words = source.decode() if isinstance(source, bytes) else source
        return ARABIC.get(words, words)

    def isEmpty(self) -> bool:  # noqa: N802 - Qt's name
        """Never: Qt would leave an empty translator aside."""
        return False


def gallery_arabic(parent: QObject) -> GalleryArabic:
    """A translator that lives as long as its parent."""
    return GalleryArabic(parent)
