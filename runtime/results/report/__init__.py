"""`report.html`: one page that opens offline. Bokeh draws it; everything it needs is inside."""
