"""Photos in and out, colour spaces, gamut, resampling. Knows no network and no window."""
