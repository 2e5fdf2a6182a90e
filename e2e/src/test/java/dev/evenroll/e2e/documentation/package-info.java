/// What the documents say, held against the code.
@NullMarked
package dev.evenroll.e2e.documentation;

import org.jspecify.annotations.NullMarked;
