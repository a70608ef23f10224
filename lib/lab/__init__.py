"""The Lab: instruments that take any table. Nothing here knows a screen."""

from lib.lab.instrument import Instrument, Remark, said, table_of
from lib.lab.listing import instrument, instruments, slugs

__all__ = ["Instrument", "Remark", "instrument", "instruments", "said", "slugs", "table_of"]
