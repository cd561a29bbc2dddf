/** How a recogniser is trained: {@link org.facemill.contracts.recipe.recogniser.RecogniserTraining}; its files are read by {@link org.facemill.contracts.recipe.recogniser.RecogniserRecipes}. */
package org.facemill.contracts.recipe.recogniser;
