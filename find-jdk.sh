# Sourced by mvnw and evenroll: exports JAVA_HOME of a JDK 25, or stops with one sentence.
# Order: JAVA_HOME when it is one, then the usual places of Linux distributions, SDKMAN and macOS.

is_jdk_25() {
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] && grep -q '^JAVA_VERSION="25[.".+-]' "$1/release"
}

find_jdk_25() {
  for candidate in "${JAVA_HOME:-}" /usr/lib/jvm/*25* /usr/lib/jvm/* "${SDKMAN_DIR:-$HOME/.sdkman}"/candidates/java/25* \
    "$HOME"/.jdks/*25* /opt/*jdk*25* /Library/Java/JavaVirtualMachines/*25*/Contents/Home; do
    if [ -n "$candidate" ] && is_jdk_25 "$candidate"; then
      JAVA_HOME=$candidate
      export JAVA_HOME
      return 0
    fi
  done
  echo "${0##*/}: no JDK 25 found in JAVA_HOME or under /usr/lib/jvm; install one (for example the package temurin-25-jdk or openjdk-25-jdk), or set JAVA_HOME to it." >&2
  return 1
}
