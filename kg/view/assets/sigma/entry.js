// What the page of a large graph uses of sigma.js and graphology.
import { MultiDirectedGraph } from "graphology";
import Sigma from "sigma";
import { extremityArrow, layerDashed, layerFill, pathCurved, pathLine } from "sigma/rendering";

window.sigmaKit = { MultiDirectedGraph, Sigma, extremityArrow, layerDashed, layerFill, pathCurved, pathLine };
