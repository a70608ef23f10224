"""The Lab: instruments that take any table. Nothing here knows a screen."""

from .instrument import Instrument, Remark, said, table_of
from .listing import instrument, instruments, slugs

__all__ = ["Instrument", "Remark", "instrument", "instruments", "said", "slugs", "table_of"]
