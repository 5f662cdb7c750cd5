"""A result as a PDF that is printed or sent: made by ReportLab, which the extra `stratagem[pdf]` brings."""
