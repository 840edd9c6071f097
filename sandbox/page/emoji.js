// The short names of emoji that apps use most; a name that is not here stays as it was written.

const NAMES = {
  "+1": "👍", "-1": "👎", thumbsup: "👍", thumbsdown: "👎", wave: "👋", clap: "👏", pray: "🙏", raised_hands: "🙌",
  handshake: "🤝", muscle: "💪", point_right: "👉", point_left: "👈", point_up: "☝️", point_down: "👇", ok_hand: "👌",
  smile: "😄", slightly_smiling_face: "🙂", blush: "😊", grinning: "😀", joy: "😂", wink: "😉", thinking_face: "🤔",
  neutral_face: "😐", disappointed: "😞", cry: "😢", sunglasses: "😎", heart_eyes: "😍", partying_face: "🥳",
  heart: "❤️", green_heart: "💚", blue_heart: "💙", yellow_heart: "💛", sparkles: "✨", star: "⭐", star2: "🌟",
  tada: "🎉", confetti_ball: "🎊", balloon: "🎈", gift: "🎁", trophy: "🏆", rocket: "🚀", fire: "🔥", zap: "⚡",
  bulb: "💡", bell: "🔔", no_bell: "🔕", mega: "📣", speech_balloon: "💬", busts_in_silhouette: "👥",
  white_check_mark: "✅", heavy_check_mark: "✔️", ballot_box_with_check: "☑️", x: "❌", no_entry_sign: "🚫",
  warning: "⚠️", exclamation: "❗", question: "❓", information_source: "ℹ️", lock: "🔒", key: "🔑", mag: "🔍",
  gear: "⚙️", wrench: "🔧", hammer_and_wrench: "🛠️", pencil: "📝", pencil2: "✏️", memo: "📝", books: "📚", link: "🔗",
  calendar: "📅", spiral_calendar_pad: "🗓️", date: "📅", alarm_clock: "⏰", clock1: "🕐", clock12: "🕛",
  hourglass: "⌛", hourglass_flowing_sand: "⏳", round_pushpin: "📍", pushpin: "📌", house: "🏠", office: "🏢",
  earth_africa: "🌍", earth_americas: "🌎", globe_with_meridians: "🌐", airplane: "✈️", bike: "🚲", phone: "☎️",
  telephone_receiver: "📞", video_camera: "📹", movie_camera: "🎥", computer: "💻", email: "📧", envelope: "✉️",
  chart_with_upwards_trend: "📈", bar_chart: "📊", repeat: "🔁", arrows_counterclockwise: "🔄", twisted_rightwards_arrows: "🔀",
  arrow_right: "➡️", arrow_left: "⬅️", arrow_up: "⬆️", arrow_down: "⬇️", heavy_plus_sign: "➕", hash: "#️⃣",
  coffee: "☕", tea: "🍵", fork_and_knife: "🍴", knife_fork_plate: "🍽️", pizza: "🍕", hamburger: "🍔", ramen: "🍜",
  sushi: "🍣", green_salad: "🥗", stew: "🍲", sandwich: "🥪", burrito: "🌯", taco: "🌮", curry: "🍛", bread: "🍞",
  croissant: "🥐", bento: "🍱", cake: "🍰", cookie: "🍪", apple: "🍎", avocado: "🥑", beers: "🍻", seedling: "🌱",
  herb: "🌿", sunny: "☀️", partly_sunny: "⛅", umbrella: "☔", snowflake: "❄️", rainbow: "🌈", palm_tree: "🌴",
  runner: "🏃", soccer: "⚽", guitar: "🎸", art: "🎨", dog: "🐶", cat: "🐱", robot_face: "🤖", eyes: "👀", brain: "🧠",
};

export const emoji = (name) => NAMES[name] ?? `:${name}:`;
