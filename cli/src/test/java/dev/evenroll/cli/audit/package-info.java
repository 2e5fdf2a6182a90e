@NullMarked
package dev.evenroll.cli.audit;

import org.jspecify.annotations.NullMarked;
