"""What a release is made of: packages, bill of materials, licences, checksums."""
