## Files to keep.

download-no-font = This server has no font with Chinese characters, so it cannot make this PDF. Choose HTML, which prints the same, or another language.
