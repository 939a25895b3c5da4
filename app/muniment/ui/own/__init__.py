"""What a depot defines for itself: fields on its records, and states with the ways between them."""
