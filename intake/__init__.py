"""Raw things into articles: files, mail, pages, feeds, archives of the web. Knows no claims and no store."""
