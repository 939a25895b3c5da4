"""The register: a million weapons to look through, search and act on."""
