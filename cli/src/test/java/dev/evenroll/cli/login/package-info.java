@NullMarked
package dev.evenroll.cli.login;

import org.jspecify.annotations.NullMarked;
