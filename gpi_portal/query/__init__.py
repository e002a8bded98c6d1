"""What is asked: fields, filters, facets and sums."""
