@NullMarked
package dev.evenroll.cli.credentials;

import org.jspecify.annotations.NullMarked;
