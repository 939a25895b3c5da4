"""Printers behind `muniment.ports.paper.Printer`: the machine's own, a folder for PDF files, a pretended one."""
