"""Claims 1 to 5 of JP 2024-085479, one file each, through the real HTTP servers."""
