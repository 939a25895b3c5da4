"""The page of the catalogue of makes and models."""
