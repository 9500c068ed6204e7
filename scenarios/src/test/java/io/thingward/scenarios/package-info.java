/** The access models of known platforms, built on Thingward's published API alone. */
package io.thingward.scenarios;
