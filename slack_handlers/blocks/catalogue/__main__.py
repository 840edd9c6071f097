"""`python -m slack_handlers.blocks.catalogue`: every language's file gets what the source says now."""

from slack_handlers.blocks.catalogue import ENGLISH, LANGUAGES, path_of, read_catalogue
from slack_handlers.blocks.catalogue.messages import brought_up_to_date, is_whole


def main() -> None:
    """Rewrite the files, and say what is left to translate."""
    for language in LANGUAGES:
        if language == ENGLISH:
            continue
        path_of(language).write_bytes(brought_up_to_date(read_catalogue(language)))
        missing = [message for message in read_catalogue(language) if not is_whole(message)]
        print(f"{language}: {len(missing)} to translate")
        for message in missing:
            print(f"  {message.id}")


if __name__ == "__main__":
    main()
