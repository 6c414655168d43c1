"""Addresses that letters about accounts lead to."""

ACCOUNT = "/cuenta"
HELP = "/ayuda"
