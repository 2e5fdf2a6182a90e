/// The rules of the decision, one per file, each with its source.
@NullMarked
package dev.evenroll.validator.validation.rule;

import org.jspecify.annotations.NullMarked;
