/// The events of the pipeline in the words of the audit log: one translation for each topic.
@NullMarked
package dev.evenroll.audit.codec;

import org.jspecify.annotations.NullMarked;
