"""Shared keys and values across the pictures of a guide: one stateless processor for each family of pipelines."""
