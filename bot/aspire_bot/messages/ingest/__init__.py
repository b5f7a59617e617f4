"""What aspire-ingest says of files, in other languages than English."""
