"""Workbooks: the one room that imports xlsxwriter."""
