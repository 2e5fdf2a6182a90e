package dev.evenroll.cli.command;

import dev.evenroll.cli.Terminal;
import dev.evenroll.hsm.key.UnusableKeystoreException;
import dev.evenroll.hsm.pkcs11.PinPrompt;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// PINs that a person types, once for each token and command; overwritten when the command ends.
final class TerminalPins implements PinPrompt, AutoCloseable {

    private final Terminal terminal;
    private final Map<String, char[]> typed = new HashMap<>();

    TerminalPins(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public char[] ask(String token) throws UnusableKeystoreException {
        var known = typed.get(token);
        if (known == null) {
            known = terminal.secret("PIN of the " + token + ": ")
                    .filter(pin -> pin.length > 0)
                    .orElseThrow(() -> new UnusableKeystoreException(
                            "its PIN stands in no file here, and there is no terminal to type it at; give --pin-file, or"
                                    + " --root-pin-file for the root, a file that only its owner may read (0600).",
                            null));
            typed.put(token, known);
        }
        return known.clone();
    }

    @Override
    public void close() {
        typed.values().forEach(pin -> Arrays.fill(pin, '\0'));
        typed.clear();
    }
}
