"""Photos in and out, colour spaces, gamut, resampling. Knows no network and no window."""

import logging
import warnings

# Pillow warns and tifffile logs about what they stumble over in a file; what matters to the user becomes an
# error or a note. Once for the process: warnings.catch_warnings is not safe with threads.
warnings.filterwarnings("ignore", module=r"PIL\.")
logging.getLogger("tifffile").setLevel(logging.CRITICAL + 1)
