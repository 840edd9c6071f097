// What an employee has entered in a view and not yet submitted.


export class Form {
  constructor(view) {
    this.id = view.id;
    this.entered = {};
  }

  // The state in Slack's words: what was typed here comes before what the sandbox knows.
  value(view, block, element) {
    const known = view.state.values[block.block_id]?.[element.action_id];
    const typed = this.entered[block.block_id]?.[element.action_id];
    return typed === undefined ? known : stateOf(element, known, typed);
  }

  change(block, element, choice) {
    if (["button", "overflow"].includes(element.type)) return;
    this.entered[block.block_id] = { ...this.entered[block.block_id], [element.action_id]: choice };
  }

  // What is no longer in the view cannot be submitted with it.
  valuesFor(view) {
    const values = {};
    for (const [block, actions] of Object.entries(this.entered)) {
      const there = Object.entries(actions).filter(([action]) => view.state.values[block]?.[action]);
      if (there.length) values[block] = Object.fromEntries(there);
    }
    return values;
  }
}

function stateOf(element, known, choice) {
  const key = Object.keys(known ?? {}).find((each) => each !== "type");
  if (!key.startsWith("selected_option")) return { [key]: choice };
  const options = (element.option_groups ?? [element]).flatMap((group) => group.options);
  if (key === "selected_option") return { [key]: options.find((each) => each.value === choice) ?? null };
  return { [key]: options.filter((each) => choice.includes(each.value)) };
}
