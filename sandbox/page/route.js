// Who one is and where one looks stand in the address, so that a reload or a second window keeps both.

export function route() {
  const [user = "", place = ""] = location.hash.slice(1).split("/").map(decodeURIComponent);
  return { user, place };
}

export const addressOf = (user, place = "") => `#${encodeURIComponent(user)}${place ? `/${encodeURIComponent(place)}` : ""}`;

export function go(user, place) {
  location.hash = addressOf(user, place);
}
