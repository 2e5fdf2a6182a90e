/// What this gateway tells the SOC: observations of hostile or broken requests and records.
@NullMarked
package dev.evenroll.gateway.observation;

import org.jspecify.annotations.NullMarked;
