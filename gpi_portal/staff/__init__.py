"""What staff work with: the forms of records, who may do what, the trace of what was done."""
