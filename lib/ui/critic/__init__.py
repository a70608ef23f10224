"""The critic's page: code in, findings beside its lines."""
