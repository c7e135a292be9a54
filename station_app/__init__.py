"""Liaison Station Register (代表联络站登记簿)."""

VERSION = "0.1.0"
PROGRAM_NAME = "代表联络站登记簿"
