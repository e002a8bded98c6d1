"""Which working rows the staff's search has read."""

from django.db import models


class IndexedRow(models.Model):
    """A working row in the index of the staff's search, under this id, and the edit up to which it was read."""

    noun = models.CharField(max_length=20)
    record = models.BigIntegerField()
    modified_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=("noun", "record"), name="indexed_row_once")]

    def __str__(self) -> str:
        return f"{self.noun} {self.record}"
