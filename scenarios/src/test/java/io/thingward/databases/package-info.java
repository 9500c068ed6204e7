/** Databases that tests across modules run on. */
package io.thingward.databases;
