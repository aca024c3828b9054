"""Bulletins (通报): what the boards said of a period, as PDF and XLSX, from the one text that was kept."""
