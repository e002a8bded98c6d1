"""Queries: fields, filters, facets and sums."""
