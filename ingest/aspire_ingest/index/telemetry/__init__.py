"""What leaves the programs for an OpenTelemetry collector: spans and metrics, never text.

`tracing` is what the programs know; `opening` composes the rest, and imports the SDK only where
somebody wants it.
"""
