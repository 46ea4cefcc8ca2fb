# SPDX-License-Identifier: GPL-3.0-or-later
# What .ci/demo, .ci/test and .ci/run share. Sourced with the top of the checkout as directory.

# to build and to run
packages_build="gcc gettext libadwaita-1-dev libglib2.0-dev-bin libgsound-dev libgtk-4-dev
  libjson-glib-dev libsecret-1-dev libsoup-3.0-dev libsqlite3-dev meson ninja-build pkg-config
  adwaita-icon-theme ca-certificates desktop-file-utils fonts-cantarell fonts-dejavu-core
  glib-networking librsvg2-common sound-theme-freedesktop tzdata"
# to see what is on a screen
packages_watch="at-spi2-core dbus gir1.2-atspi-2.0 python3-gi"
# a desktop without a screen
packages_screen="imagemagick libglib2.0-bin openbox xdotool xvfb"
packages_desktop="$packages_watch $packages_screen"
packages_test="appstream dbus-x11 gnome-keyring libxml2-utils poppler-utils python3-yaml sqlite3"
packages_run="chromium chromium-driver clang-format"

# Tests spend a third of their time waiting: one more than there are cores keeps these busy.
test_processes=$(($(nproc) + 1))

# Installs what is missing of the named packages; needs no network when nothing is.
install_packages ()
{
  local missing="" name sudo=""
  for name in "$@"; do
    dpkg-query -W -f='${db:Status-Status}\n' "$name" 2> /dev/null | grep -qx installed \
      || missing="$missing $name"
  done
  [ -n "$missing" ] || return 0
  echo "Installing:$missing"
  if [ "$(id -u)" != 0 ]; then
    command -v sudo > /dev/null || { echo "Please install them as root." >&2; return 1; }
    sudo=sudo
  fi
  $sudo env DEBIAN_FRONTEND=noninteractive apt-get -o Acquire::Retries=3 update -q < /dev/null
  # shellcheck disable=SC2086
  $sudo env DEBIAN_FRONTEND=noninteractive apt-get -o Acquire::Retries=3 install -qy \
    --no-install-recommends $missing < /dev/null
}

# build FOLDER [MESON-OPTION…]: configures once, compiles what changed.
build ()
{
  local folder="$1" log="$1/setup.log"
  shift
  mkdir -p "$folder"
  # --reconfigure knows options that are younger than the folder
  [ ! -e "$folder/build.ninja" ] || set -- --reconfigure "$@"
  meson setup "$folder" "$@" > "$log" 2>&1 || { cat "$log" >&2; return 1; }
  meson compile -C "$folder"
}

# show_figures FOLDER: what the tests of the last `meson test` there measured or counted.
show_figures ()
{
  sed -n 's/^# figure: //p' "$1/meson-logs/testlog.txt"
}

# count_results FOLDER: sets passed and failed from the last `meson test` there, test cases where a
# program reports them, else programs.
count_results ()
{
  read -r passed failed skipped < <(/usr/bin/python3 tests/lib/count-results.py "$1")
  [ "${skipped:-0}" = 0 ] || echo "$skipped skipped"
}
