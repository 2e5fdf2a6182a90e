/// Tests of the audit log.
@NullMarked
package dev.evenroll.audit;

import org.jspecify.annotations.NullMarked;
