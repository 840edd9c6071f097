// One line that says what happened, for eyes and for screen readers.

let timer;

export function say(sentence, { isTrouble = false, stays = false } = {}) {
  const line = document.getElementById("said");
  line.textContent = sentence;
  line.classList.toggle("trouble", isTrouble);
  clearTimeout(timer);
  if (sentence && !stays) timer = setTimeout(() => say(""), isTrouble ? 12_000 : 8_000);
}

// Runs something, and says so if it goes wrong.
export async function attempt(work) {
  try {
    return await work();
  } catch (error) {
    say(error.message, { isTrouble: true });
    return undefined;
  }
}
