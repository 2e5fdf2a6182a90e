/// The certificates of one device, and what is due for them: which one is in use, which are retired, when the newest
/// is to be renewed, and which have to go with the device. Knows no Kafka, no clock.
@NullMarked
package dev.evenroll.revocation.device;

import org.jspecify.annotations.NullMarked;
