"""The staff's page: what is asked, what is not answered, what the documents are."""
