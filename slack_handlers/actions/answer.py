"""The answers to "Did you meet?"."""

from typing import Any

from slack_bolt import Ack, Respond

from db.sessions import Sessions
from domain.ports import Clock
from domain.rounds import AnswerWord
from slack_handlers.answer import answer as show
from slack_handlers.blocks.check_in import MET, MET_ONE, NOT_THIS_TIME, PLANNED, check_in
from slack_handlers.readers import WordsOf
from use_cases.record_answer import record_answer

WORDS = {
    MET: AnswerWord.MET,
    MET_ONE: AnswerWord.MET,
    PLANNED: AnswerWord.PLANNED,
    NOT_THIS_TIME: AnswerWord.NOT_THIS_TIME,
}


def answer(
    ack: Ack,
    respond: Respond,
    body: dict[str, Any],
    action: dict[str, Any],
    sessions: Sessions,
    clock: Clock,
    words_of: WordsOf,
) -> None:
    """Record it, and show it in place of the question."""
    ack()
    introduction_id, *met = action["value"].split()
    word = next(word for name, word in WORDS.items() if action["action_id"].startswith(name))
    user = body["user"]["id"]
    noted = record_answer(sessions, introduction_id, user, word, met=met, now=clock.now())
    show(respond, check_in(words_of(user), noted), in_place=True)
